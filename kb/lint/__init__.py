"""What proves the rule files sound: small named checks, each with a code and a way out.

`statutes` reads official texts, `citations` proves that what the rules cite stands there, `copied`
finds official sentences in our own words, `fingerprints` writes the one thing a tool may write.
"""
