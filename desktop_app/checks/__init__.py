"""Rules: report, plan and history in, findings out."""
