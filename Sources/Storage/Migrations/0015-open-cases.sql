-- Start pages ask which cases wait for an office; of thousands of cases few are open.
CREATE INDEX formation_case_approver ON formation_case (approver)
  WHERE submitted_at IS NOT NULL AND decision IS NULL AND withdrawn_at IS NULL;
CREATE INDEX formation_case_filer ON formation_case (filer) WHERE decision = 'approved' AND filed_at IS NULL;
CREATE INDEX formation_case_applicant ON formation_case (applicant_authority)
  WHERE submitted_at IS NULL AND decision IS NULL AND withdrawn_at IS NULL;
