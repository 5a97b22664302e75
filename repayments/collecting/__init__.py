"""Reminders before a due day; notes, promises and notices after it."""
