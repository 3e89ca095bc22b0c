-- A new link to an account that is in use waits (asks) until a second person allows it; refused, it ends.
ALTER TABLE invitation ADD COLUMN asks BIGINT NOT NULL DEFAULT 0 CHECK (asks IN (0, 1));
ALTER TABLE invitation ADD COLUMN allowed_at BIGINT;
ALTER TABLE invitation ADD COLUMN allowed_by BIGINT;
