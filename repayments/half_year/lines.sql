-- The half-year ledger's figures (domain.md §5), one row a loan, whole in one statement; after the loans of the ledger those not yet
-- half a year old (`young`), whose due days belong to the plan and whose balance to the foot.
-- Balances and payments go by value date; a reversal counts as the kind of event that it undoes, so both cancel out.
-- Once the fund has paid for a loan, nothing falls due by its plan any more: what is owed to the fund is all in arrears, and what is
-- recovered counts as paid. Written off, or recovered in full, it leaves with the next period.
WITH moved AS (
    SELECT line.loan_id, line.account, line.amount, entry.value_date, coalesce(undone.kind, entry.kind) AS kind
    FROM repayments_line line
    JOIN repayments_entry entry ON entry.id = line.entry_id
    LEFT JOIN repayments_entry undone ON undone.id = entry.reverses_id
    WHERE line.loan_id IS NOT NULL AND entry.value_date <= %(last)s
),
paid AS (
    SELECT loan_id, value_date, -amount AS amount
    FROM moved
    WHERE (account = 'principal' AND kind = 'receipt') OR (account IN ('owed_to_fund', 'written_off') AND kind = 'recovery')
),
payments AS (
    SELECT loan_id,
        sum(amount) FILTER (WHERE value_date < %(first)s) AS before,
        sum(amount) FILTER (WHERE value_date >= %(first)s) AS during,
        sum(amount) AS to_date
    FROM paid
    GROUP BY loan_id
),
balances AS (
    SELECT loan_id,
        sum(amount) FILTER (WHERE account IN ('principal', 'owed_to_fund') AND value_date < %(first)s) AS opening,
        sum(amount) FILTER (WHERE account = 'principal') AS owed_to_bank,
        sum(amount) FILTER (WHERE account = 'owed_to_fund') AS owed_to_fund,
        CASE WHEN sum(amount) FILTER (WHERE account = 'owed_to_fund' AND kind = 'compensation') > 0
            THEN max(value_date) FILTER (WHERE account = 'owed_to_fund' AND kind = 'compensation' AND amount > 0) END AS compensated_on,
        -sum(amount) FILTER (WHERE account = 'interest' AND value_date >= %(first)s) AS interest,
        -- what the subsidy is measured by: principal as it left the bank's books, day by day
        array_agg(value_date ORDER BY value_date) FILTER (WHERE account = 'principal' AND kind <> 'disbursement') AS repaid_on,
        array_agg(-amount ORDER BY value_date) FILTER (WHERE account = 'principal' AND kind <> 'disbursement') AS repaid
    FROM moved
    GROUP BY loan_id
),
in_force AS (
    SELECT DISTINCT ON (loan_id) id, loan_id, version
    FROM repayments_schedule
    WHERE in_force_from <= %(last)s AND cancelled_on IS NULL
    ORDER BY loan_id, version DESC
),
-- Finance pays by the first plan, so that no later one raises the subsidy.
first_plans AS (
    SELECT plan.loan_id,
        array_agg(row.sequence ORDER BY row.sequence) AS sequences,
        array_agg(row.due ORDER BY row.sequence) AS dues,
        array_agg(row.principal ORDER BY row.sequence) AS principals,
        array_agg(row.interest ORDER BY row.sequence) AS interests,
        array_agg(row.balance_after ORDER BY row.sequence) AS balances_after
    FROM (SELECT DISTINCT ON (loan_id) id, loan_id FROM repayments_schedule WHERE cancelled_on IS NULL ORDER BY loan_id, version) plan
    JOIN repayments_instalment row ON row.schedule_id = plan.id
    GROUP BY plan.loan_id
),
repriced AS (
    SELECT loan_id, array_agg(from_day ORDER BY from_day) AS days, array_agg(rate ORDER BY from_day) AS rates FROM repayments_ratestep GROUP BY loan_id
),
instalments AS (
    SELECT in_force.loan_id, row.sequence, row.due, row.principal, row.interest, row.balance_after,
        sum(row.principal) OVER (PARTITION BY in_force.loan_id ORDER BY row.sequence) AS planned,
        row.due <= coalesce(balances.compensated_on, row.due) AS counts
    FROM in_force
    JOIN repayments_instalment row ON row.schedule_id = in_force.id
    LEFT JOIN balances ON balances.loan_id = in_force.loan_id
),
planned AS (
    SELECT instalments.loan_id,
        sum(principal) FILTER (WHERE counts AND due < %(first)s) AS before,
        sum(principal) FILTER (WHERE counts AND due BETWEEN %(first)s AND %(last)s) AS during,
        sum(principal) FILTER (WHERE counts AND due <= %(last)s) AS to_date,
        sum(principal) FILTER (WHERE counts AND due > %(last)s AND due <= %(next_last)s) AS next,
        sum(interest) FILTER (WHERE counts AND due BETWEEN %(first)s AND %(last)s) AS interest,
        max(due) AS last_due,
        -- paid principal settles the oldest row first: the first row that it does not cover is the one that is late
        min(due) FILTER (WHERE principal > 0 AND planned > coalesce(payments.to_date, 0)) AS oldest_open,
        array_agg(sequence ORDER BY sequence) AS sequences,
        array_agg(due ORDER BY sequence) AS dues,
        array_agg(principal ORDER BY sequence) AS principals,
        array_agg(interest ORDER BY sequence) AS interests,
        array_agg(balance_after ORDER BY sequence) AS balances_after
    FROM instalments
    LEFT JOIN payments ON payments.loan_id = instalments.loan_id
    GROUP BY instalments.loan_id
),
last_visits AS (
    SELECT DISTINCT ON (loan_id) loan_id, visit_day, business, workers
    FROM repayments_visit
    WHERE visit_day <= %(last)s
    ORDER BY loan_id, visit_day DESC, id DESC
),
visits AS (
    SELECT loan_id, count(*) AS visits FROM repayments_visit WHERE visit_day BETWEEN %(first)s AND %(last)s GROUP BY loan_id
),
issued_before AS (
    SELECT line.loan_id, line.closing
    FROM repayments_halfyearline line
    JOIN repayments_halfyearledger ledger ON ledger.id = line.ledger_id
    WHERE ledger.period = %(previous)s AND ledger.issued_on IS NOT NULL
),
kept AS (
    SELECT loan.*,
        coalesce(loan.term_granted, loan.term_asked) AS term_months,
        loan.disbursed_on + interval '6 months' > %(last)s AS young,
        loan.disbursed_on + interval '6 months' >= %(first)s AS first_entry,
        coalesce(balances.opening, 0) AS opening,
        coalesce(payments.before, 0) AS paid_before,
        coalesce(payments.during, 0) AS paid,
        coalesce(payments.to_date, 0) AS paid_to_date,
        coalesce(planned.before, 0) AS planned_before,
        coalesce(planned.during, 0) AS due,
        coalesce(planned.to_date, 0) AS planned_to_date,
        coalesce(planned.next, 0) AS due_next,
        coalesce(planned.interest, 0) AS interest_due,
        coalesce(balances.interest, 0) AS interest_received,
        balances.compensated_on,
        CASE WHEN balances.compensated_on IS NULL THEN coalesce(balances.owed_to_bank, 0) ELSE coalesce(balances.owed_to_fund, 0) END AS closing,
        -- all that is owed to the fund has been due at the latest since the fund paid
        greatest(0, %(last)s - least(planned.oldest_open, balances.compensated_on)) AS days_overdue,
        -- a later version moves the maturity of later periods only
        CASE WHEN EXISTS (
            SELECT FROM repayments_schedule later
            WHERE later.loan_id = loan.id AND later.version > in_force.version AND later.cancelled_on IS NULL
        ) THEN planned.last_due ELSE loan.maturity END AS matures,
        balances.repaid_on, balances.repaid,
        planned.sequences, planned.dues, planned.principals, planned.interests, planned.balances_after
    FROM loans_loan loan
    LEFT JOIN balances ON balances.loan_id = loan.id
    LEFT JOIN payments ON payments.loan_id = loan.id
    LEFT JOIN planned ON planned.loan_id = loan.id
    LEFT JOIN in_force ON in_force.loan_id = loan.id
    WHERE (loan.disbursed_on + interval '6 months' <= %(last)s AND balances.opening > 0)
        OR (loan.disbursed_on <= %(last)s AND loan.disbursed_on + interval '6 months' > %(last)s AND balances.owed_to_bank > 0)
)
SELECT
    kept.young,
    kept.id AS loan_id,
    kept.bank_id,
    kept.iou_number AS iou,
    applicant.name AS borrower,
    applicant.phone,
    coalesce(venture.name, '') AS venture,
    coalesce(kept.contract_number, '') AS contract,
    kept."group",
    community.name AS community,
    coalesce(officer.name, caretaker.name, '') AS officer,
    kept.term_months,
    kept.matures AS maturity,
    kept.first_entry,
    kept.principal,
    kept.opening,
    CASE WHEN kept.compensated_on < %(first)s THEN kept.opening ELSE greatest(0, kept.planned_before - kept.paid_before) END AS arrears_brought,
    kept.due,
    kept.paid,
    kept.closing,
    CASE WHEN kept.compensated_on IS NULL THEN greatest(0, kept.planned_to_date - kept.paid_to_date) ELSE kept.closing END AS arrears,
    CASE WHEN kept.compensated_on IS NOT NULL AND kept.closing = 0 THEN 0 ELSE coalesce(kept.days_overdue, 0) END AS days_overdue,
    CASE
        WHEN kept.compensated_on IS NOT NULL THEN 'compensated'
        WHEN coalesce(kept.days_overdue, 0) = 0 THEN 'current'
        WHEN kept.days_overdue <= 30 THEN '1-30'
        WHEN kept.days_overdue <= 90 THEN '31-90'
        WHEN kept.days_overdue <= 180 THEN '91-180'
        ELSE 'over-180'
    END AS bucket,
    kept.due_next,
    CASE
        -- lent again on another day, a loan may enter for the first time although the ledger before had it
        WHEN issued_before.loan_id IS NOT NULL THEN kept.opening - issued_before.closing
        WHEN kept.first_entry OR NOT EXISTS (SELECT FROM repayments_halfyearledger WHERE period = %(previous)s AND issued_on IS NOT NULL) THEN 0
        ELSE kept.opening
    END AS adjustment,
    kept.interest_due,
    kept.interest_received,
    last_visits.visit_day AS last_visit,
    coalesce(last_visits.business, '') AS business,
    last_visits.workers,
    coalesce(visits.visits, 0) AS visits,
    coalesce(venture.jobs, 0) AS jobs,
    kept.remark,
    -- for the subsidy, worked out day by day outside the database, and for the plan of the coming half-year
    kept.paid_to_date, kept.borrower_kind, kept.partners, kept.groups, kept.micro_profit, kept.applied_on, kept.contract_date, kept.disbursed_on, kept.rate, kept.borrower_pays_first,
    kept.repaid_on, kept.repaid, kept.sequences, kept.dues, kept.principals, kept.interests, kept.balances_after,
    first_plans.sequences AS first_sequences, first_plans.dues AS first_dues, first_plans.principals AS first_principals,
    first_plans.interests AS first_interests, first_plans.balances_after AS first_balances_after, repriced.days AS repriced_on, repriced.rates AS repriced
FROM kept
JOIN applicants_applicant applicant ON applicant.id = kept.applicant_id
JOIN applicants_community community ON community.id = kept.community_id
LEFT JOIN loans_venture venture ON venture.loan_id = kept.id AND venture.cancelled_on IS NULL
LEFT JOIN staff_user officer ON officer.id = kept.officer_id
LEFT JOIN staff_user caretaker ON caretaker.id = community.officer_id
LEFT JOIN last_visits ON last_visits.loan_id = kept.id
LEFT JOIN visits ON visits.loan_id = kept.id
LEFT JOIN issued_before ON issued_before.loan_id = kept.id
LEFT JOIN first_plans ON first_plans.loan_id = kept.id
LEFT JOIN repriced ON repriced.loan_id = kept.id
ORDER BY kept.young, kept.iou_number COLLATE "C", kept.id
