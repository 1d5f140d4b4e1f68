"""What chooses and explains questions, as the one thing a conversation is given."""

from kb.ask.plan import next_question, remaining
from kb.ask.progress import progress
from kb.ask.why import why

__all__ = ["next_question", "progress", "remaining", "why"]
