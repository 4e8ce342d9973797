import { Article } from "./article";
import { format } from "./money";

export function summary(articles: Article[]): string {
  const sum = articles.reduce((all, article) => all + article.price, 0);
  return `${articles.length} articles, ${format(sum)}`;
}
