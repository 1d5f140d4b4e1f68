"""The questionnaire: which question next, what an answer in words means, and the file it is kept in.

`plan` chooses questions, `understand` reads answers, `dialogue` is the conversation without a
terminal, `profile_file` keeps the answers, `prompts` is the one module that talks to a person.
"""
