"""The site as plain files: one page for each object in each language, and pages that lead to them."""
