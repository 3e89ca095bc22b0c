-- Divisions (GB/T 2260) as authorities give them, over those the program knows: names, ends, what they became.
CREATE TABLE division (
  authority BIGINT NOT NULL REFERENCES authority (id),
  code TEXT NOT NULL CHECK (length(code) = 6),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- The first day it was no longer in force.
  ended TEXT,
  -- Codes, with something between.
  successors TEXT CHECK (successors IS NULL OR ended IS NOT NULL),
  -- Whether every code below it is in the list.
  whole TEXT CHECK (whole = 'yes'),
  PRIMARY KEY (authority, code)
);
