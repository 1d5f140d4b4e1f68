"""What other programs read of the law as held here: a static API, a feed of changes, calendars, llms.txt."""
