// TestKit owns what every suite needs: a clock that stands still, randomness that can be foreseen, and the traits that tie a test to the
// rule it proves and the threat it withstands.
//
// It does not own: any expectation. A builder here makes a world; the test says what must hold in it.
