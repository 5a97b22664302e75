-- What the subsidy of each loan depends on (domain.md §4), one row a loan, in one statement.
-- Receipts count from their value date; what was reversed never came. The plan is the first that was not cancelled, so that
-- neither an extension nor a lengthened plan raises the scheduled balance.
WITH wanted AS (
    SELECT *, coalesce(term_granted, term_asked) AS term_months
    FROM loans_loan
    WHERE disbursed_on <= %(last)s
        AND (%(bank)s::bigint IS NULL OR bank_id = %(bank)s)
        AND (%(loan)s::bigint IS NULL OR id = %(loan)s)
        AND (%(carrying_from)s::date IS NULL OR disbursed_on + make_interval(months => coalesce(term_granted, term_asked)) > %(carrying_from)s)
),
repaid AS (
    SELECT line.loan_id,
        array_agg(entry.value_date ORDER BY entry.value_date, line.id) AS days,
        array_agg(-line.amount ORDER BY entry.value_date, line.id) AS amounts
    FROM repayments_line line
    JOIN wanted ON wanted.id = line.loan_id
    JOIN repayments_entry entry ON entry.id = line.entry_id
    LEFT JOIN repayments_entry undoing ON undoing.reverses_id = entry.id
    WHERE line.account = 'principal' AND entry.kind NOT IN ('disbursement', 'reversal') AND undoing.id IS NULL
    GROUP BY line.loan_id
),
first_plan AS (
    SELECT DISTINCT ON (loan_id) id, loan_id
    FROM repayments_schedule
    WHERE cancelled_on IS NULL
    ORDER BY loan_id, version
),
plan AS (
    SELECT first_plan.loan_id,
        array_agg(row.sequence ORDER BY row.sequence) AS sequences,
        array_agg(row.due ORDER BY row.sequence) AS dues,
        array_agg(row.principal ORDER BY row.sequence) AS principals,
        array_agg(row.interest ORDER BY row.sequence) AS interests,
        array_agg(row.balance_after ORDER BY row.sequence) AS balances_after
    FROM first_plan
    JOIN wanted ON wanted.id = first_plan.loan_id
    JOIN repayments_instalment row ON row.schedule_id = first_plan.id
    GROUP BY first_plan.loan_id
),
repriced AS (
    SELECT loan_id, array_agg(from_day ORDER BY from_day) AS days, array_agg(rate ORDER BY from_day) AS rates
    FROM repayments_ratestep
    GROUP BY loan_id
)
SELECT wanted.id AS loan_id, wanted.number, wanted.bank_id, wanted.iou_number AS iou, applicant.name AS borrower, wanted.borrower_kind, wanted.partners,
    wanted.groups, wanted.micro_profit, wanted.applied_on, wanted.contract_date, wanted.disbursed_on, wanted.term_months, wanted.principal, wanted.rate, wanted.borrower_pays_first,
    repaid.days AS repaid_on, repaid.amounts AS repaid,
    plan.sequences, plan.dues, plan.principals, plan.interests, plan.balances_after,
    repriced.days AS repriced_on, repriced.rates AS repriced
FROM wanted
JOIN applicants_applicant applicant ON applicant.id = wanted.applicant_id
LEFT JOIN repaid ON repaid.loan_id = wanted.id
LEFT JOIN plan ON plan.loan_id = wanted.id
LEFT JOIN repriced ON repriced.loan_id = wanted.id
ORDER BY wanted.iou_number COLLATE "C", wanted.id
