-- Whether anything was ever recorded or declared complete of a group: sheets ask it at every save, and it lies where the
-- group lies, on every server.
ALTER TABLE school_group ADD COLUMN recorded BIGINT NOT NULL DEFAULT 0 CHECK (recorded IN (0, 1));
UPDATE school_group SET recorded = 1
WHERE id IN (SELECT grp FROM ledger_record) OR id IN (SELECT grp FROM ledger_statement);

-- A school's years, and an expert's, are found by who they are without a look at the tables.
DROP INDEX participant_school_school;
CREATE INDEX participant_school_school ON participant_school (school, role, authority, cycle, grp);
DROP INDEX assignment_appointment;
CREATE INDEX assignment_appointment ON assignment (appointment, authority, cycle, grp);
