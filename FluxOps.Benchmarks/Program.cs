Console.WriteLine("FluxOps.Benchmarks");
