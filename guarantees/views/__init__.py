from guarantees.views import bank_desk, fund, plan, statement, steps, undo, whatif

__all__ = ("bank_desk", "fund", "plan", "statement", "steps", "undo", "whatif")
