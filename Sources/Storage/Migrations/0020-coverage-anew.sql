-- Coverage is counted anew: pupils of a school that became part of another count with it.
DELETE FROM coverage_fresh;
