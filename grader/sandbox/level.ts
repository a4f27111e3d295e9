/** How far a recipe module is shut in on this machine; printed in report and doctor. */
export const sandboxLevel = 'process';
