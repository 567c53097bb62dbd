"""HRDsAttack: one article, one record of an attack on human rights defenders."""
