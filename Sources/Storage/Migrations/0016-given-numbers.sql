-- A number of a fixed year that stood as it was given in an earlier one: which year it is of, and when it was given.
ALTER TABLE proposal ADD COLUMN base_year BIGINT;
ALTER TABLE proposal ADD COLUMN given_year BIGINT;

-- Why a sheet was handed in though evidence, or experts, were missing.
ALTER TABLE submission ADD COLUMN without_evidence TEXT;
ALTER TABLE submission ADD COLUMN without_experts TEXT;
