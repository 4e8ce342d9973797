package billing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

public class Invoice {
  private final List<String> lines;

  public Invoice(List<String> lines) {
    this.lines = new ArrayList<>(lines);
  }

  public int size() {
    return lines.size();
  }
}
