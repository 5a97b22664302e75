from guarantees.views import bank_desk, fund, steps, undo

__all__ = ("bank_desk", "fund", "steps", "undo")
