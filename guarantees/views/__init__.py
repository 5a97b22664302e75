from guarantees.views import agreements, bank_desk, fund, plan, statement, steps, undo, whatif

__all__ = ("agreements", "bank_desk", "fund", "plan", "statement", "steps", "undo", "whatif")
