"""Language models behind one interface: `openai` speaks to any compatible endpoint, `embedded` needs nothing."""
