"""Small changes of the law, made up to find out whether any scenario would notice a slip like them."""
