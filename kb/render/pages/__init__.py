"""Pages of the site made from the rule set."""
