/** Where new result folders are made. */
export const resultsFolder = 'results';
