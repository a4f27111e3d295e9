/** The names under which a marked recipe finds its hooks, in their order. */
export const hookNames = { call: '$graderCall', made: '$graderMade', spread: '$graderSpread' };
