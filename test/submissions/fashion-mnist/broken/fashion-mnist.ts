// Does not parse: a bracket is missing.
import { defineRecipe, layers, sequential, train } from 'grader';

export default defineRecipe({
  model: sequential([layers.flatten({ inputShape: [28, 28] }),
});
