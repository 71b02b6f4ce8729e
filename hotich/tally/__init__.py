"""Record lists, a row for each case of a register, reduced to the counts of a month and to what is wrong with them."""
