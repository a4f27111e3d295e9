/** The learning rates that a sweep tries, as factors of the recipe's own. */
export const rateFactors = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];
