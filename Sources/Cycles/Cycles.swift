// Cycles
