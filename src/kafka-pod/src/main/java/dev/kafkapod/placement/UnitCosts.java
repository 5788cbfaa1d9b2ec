package dev.kafkapod.placement;

/**
 * What it costs to have one more replica in a cell, by which spreads that are equally even are told
 * apart. Of one cell, no unit may cost less than the one before.
 */
interface UnitCosts {

  /** Nothing else counts. */
  UnitCosts NONE =
      new UnitCosts() {
        @Override
        public int size() {
          return 0;
        }

        @Override
        public long cost(int cell, int unit, int component) {
          return 0;
        }
      };

  /**
   * Only how many replicas move.
   *
   * @param counts how many there are in each cell
   */
  static UnitCosts ofMoves(int[] counts) {
    return new UnitCosts() {
      @Override
      public int size() {
        return 1;
      }

      @Override
      public long cost(int cell, int unit, int component) {
        return unit > counts[cell] ? 1 : 0;
      }
    };
  }

  /** How many numbers a cost has; the first counts before all others. */
  int size();

  /**
   * One of those numbers.
   *
   * @param unit which of the cell's replicas, from 1
   */
  long cost(int cell, int unit, int component);
}
