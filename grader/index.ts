export { defineRecipe } from './recipe/describe/define-recipe.ts';
export type { RecipeDescription, RecipeDocument } from './recipe/describe/define-recipe.ts';
export { sequential } from './recipe/describe/sequential.ts';
export type { SequentialModel } from './recipe/describe/sequential.ts';
export { model } from './recipe/describe/functional.ts';
export type { FunctionalModel } from './recipe/describe/functional.ts';
export { input, layers } from './recipe/describe/layers.ts';
export type { InputOptions } from './recipe/describe/layers.ts';
export type { Layer, SymbolicTensor } from './recipe/describe/layer.ts';
export type { LayerClassName, LayerOptions } from './recipe/layers.ts';
export { callbacks } from './recipe/describe/callbacks.ts';
export type { Bound, Callback, EpochSchedule } from './recipe/describe/callbacks.ts';
export {
  imageDataGenerator,
  initializers,
  losses,
  regularizers,
  train,
} from './recipe/describe/training.ts';
export type { ImageDataGenerator } from './recipe/describe/training.ts';
