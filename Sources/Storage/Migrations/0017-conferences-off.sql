-- A conference that was called and won't be held: since when, by whom, why.
ALTER TABLE conference ADD COLUMN off_at BIGINT;
ALTER TABLE conference ADD COLUMN off_by BIGINT;
ALTER TABLE conference ADD COLUMN off_reason TEXT CHECK (off_reason IS NULL OR length(off_reason) > 0);

-- Where comments came from is let go of within hours; how much a party has handed in is asked with every paper.
CREATE INDEX formation_comment_place ON formation_comment (at) WHERE source IS NOT NULL;
CREATE INDEX formation_paper_school ON formation_paper (of_school, at);
CREATE INDEX formation_paper_authority ON formation_paper (of_authority, at);
