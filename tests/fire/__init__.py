"""Everything here means harm: hostile files, bent files, and files that chance wrote."""
