/**
 * What stands in a plan in place of an encrypted value of a stack file. The program itself knows it only to let it pass where a value has to
 * have a form. The same as `SECRET` of plan/graph.ts; a test compares the two.
 */
export const SECRET_VALUE = "[secret]";
