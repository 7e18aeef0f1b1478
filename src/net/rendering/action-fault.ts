/** Why an action can't be done, in words for the caller. */
export class ActionFault extends Error {}
