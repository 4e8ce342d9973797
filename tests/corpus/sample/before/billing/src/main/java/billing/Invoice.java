package billing;

import java.util.List;

public class Invoice {
  private final List<String> lines;

  public Invoice(List<String> lines) {
    this.lines = lines;
  }

  public int size() {
    return lines.size();
  }
}
