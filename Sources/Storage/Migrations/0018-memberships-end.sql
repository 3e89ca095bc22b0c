-- A school's end ends its memberships.
UPDATE membership SET until = (SELECT s.closed FROM school s WHERE s.id = membership.school)
WHERE (until IS NULL OR until > (SELECT s.closed FROM school s WHERE s.id = membership.school))
  AND since < (SELECT s.closed FROM school s WHERE s.id = membership.school);
