from guarantees.views import agreements, bank_desk, compensation, fund, plan, recovery, statement, steps, suspension, undo, whatif

__all__ = ("agreements", "bank_desk", "compensation", "fund", "plan", "recovery", "statement", "steps", "suspension", "undo", "whatif")
