"""What `kb lint --fix` mends by itself: order, fingerprints, the line that names a schema."""
