"""The office's old ledger, taken in: sheets read cell by cell, checked whole, written whole or not at all."""
