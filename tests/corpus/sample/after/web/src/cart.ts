import { Article } from "./article";
import { format } from "./money";
import { debounce, throttle } from "./timing";

export function summary(articles: Article[]): string {
  const sum = articles.reduce((all, article) => all + article.price, 0);
  debugger;
  return `${articles.length} articles, ${format(sum)}`;
}

export const refresh = debounce(() => summary([]), 200);
