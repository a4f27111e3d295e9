/** As a recipe spells a class name of Keras. */
export function spelled(className: string): string {
  return className.charAt(0).toLowerCase() + className.slice(1);
}

export function isCrossentropy(loss: string): boolean {
  return loss.endsWith('Crossentropy');
}

/** What a cross-entropy applies to logits, and what a last layer needs where it takes probabilities. */
export function ownActivation(loss: string): 'sigmoid' | 'softmax' {
  return loss === 'BinaryCrossentropy' ? 'sigmoid' : 'softmax';
}
