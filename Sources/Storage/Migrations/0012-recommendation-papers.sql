-- Files that a recommendation is handed in with, and who put them there. What is taken over from the group's evidence
-- (evidence) stays as it was that day.
CREATE TABLE recommendation_paper (
  authority BIGINT NOT NULL,
  id BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  stage TEXT NOT NULL,
  grp BIGINT NOT NULL,
  -- Which of the stage's `needs` it is.
  paper TEXT NOT NULL,
  file_name TEXT NOT NULL CHECK (length(file_name) > 0),
  file TEXT NOT NULL REFERENCES evidence_file (hash),
  evidence BIGINT,
  at BIGINT NOT NULL,
  by_account BIGINT,
  removed_at BIGINT,
  removed_by BIGINT,
  PRIMARY KEY (authority, id),
  FOREIGN KEY (authority, cycle, stage) REFERENCES stage (authority, cycle, stage),
  FOREIGN KEY (authority, cycle, grp) REFERENCES participant (authority, cycle, grp)
);
CREATE INDEX recommendation_paper_group ON recommendation_paper (authority, cycle, grp);
