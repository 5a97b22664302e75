"""What becomes of a schedule after the loan: extension, early repayment, steps of the rate; each shown before it is booked."""
