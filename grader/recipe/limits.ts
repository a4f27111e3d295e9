/** Of a recipe, which is trained. */
export const recipeLayers = 200;
/** Of a model file, which is not: InceptionV3 has 300. */
export const modelLayers = 1000;

/** Of a recipe as JSON. */
export const maxRecipeBytes = 1024 * 1024;
