"""Days: working days under the published calendars, and dates seen from the day asked about."""
