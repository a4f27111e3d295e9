// What a number may be, where its type alone does not say it: the tags go into the schema of reports.

/**
 * How many, or the place in a list, from 0.
 * @asType integer
 * @minimum 0
 */
export type Count = number;

/**
 * From 1.
 * @asType integer
 * @minimum 1
 */
export type Ordinal = number;

/**
 * @asType integer
 */
export type Integer = number;

/**
 * @minimum 0
 * @maximum 1
 */
export type Share = number;

/**
 * What a submission may reach, or must.
 * @asType integer
 * @minimum 0
 * @maximum 5
 */
export type Points = number;

/**
 * @minimum 0
 */
export type NotNegative = number;

/**
 * In hexadecimal.
 * @pattern ^[0-9a-f]{64}$
 */
export type Sha256 = string;
