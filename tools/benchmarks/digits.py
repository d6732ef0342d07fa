"""scikit-learn's digits as CSV, the class first: python3 tools/benchmarks/digits.py > digits.csv"""

from sklearn.datasets import load_digits

points, classes = load_digits(return_X_y=True)
for label, row in zip(classes, points):
    print(",".join(str(int(value)) for value in (label, *row)))
