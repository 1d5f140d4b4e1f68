"""What chooses and explains questions, as the one thing a conversation is given."""

from kb.interview.plan import next_question, put_off, remaining
from kb.interview.progress import progress
from kb.interview.why import why

__all__ = ["next_question", "progress", "put_off", "remaining", "why"]
