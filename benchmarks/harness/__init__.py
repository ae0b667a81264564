"""What every scenario needs: servers on free loopback ports, a load generator, and tables."""
