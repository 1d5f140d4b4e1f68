"""The report to hand on: one document with its reasons, for readers of HTML, Word, PDF or a spreadsheet."""
