export function mayEnter(user) {
  return user.role === "admin";
}
