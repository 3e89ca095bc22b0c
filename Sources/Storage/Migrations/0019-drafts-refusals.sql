-- What somebody has chosen at a recommendation and not handed in yet, while they attach papers: theirs alone.
CREATE TABLE recommendation_draft (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  stage TEXT NOT NULL,
  grp BIGINT NOT NULL,
  account BIGINT NOT NULL,
  recommended BIGINT CHECK (recommended IN (0, 1)),
  reason TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (authority, cycle, stage, grp, account),
  FOREIGN KEY (authority, cycle, grp) REFERENCES participant (authority, cycle, grp)
);

-- When a waiting link was refused, and by whom: who made it learns that it didn't just run out.
ALTER TABLE invitation ADD COLUMN refused_at BIGINT;
ALTER TABLE invitation ADD COLUMN refused_by BIGINT;
